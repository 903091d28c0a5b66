"""
What templates receive: one dataclass a page, all words chosen, all links made.

Links are as `site.addresses.link` writes them; they become relative when the page is finished.
"""
