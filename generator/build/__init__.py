"""From a folder to a published site: pipeline, ledger, workers, output, hosts, the live preview."""
