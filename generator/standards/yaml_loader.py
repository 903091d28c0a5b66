"""How YAML is loaded: by libyaml where PyYAML was built with it, ten times as fast, else by PyYAML itself."""

import yaml

SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BASE = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Keeps text as text: `on` and `y` are words, not true."""
