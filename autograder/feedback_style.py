"""How the pages for students look: readable in light and dark, on paper, and at any width."""

from __future__ import annotations

STYLE = """\
:root { color-scheme: light dark; --line: #8886; --good: #14683a; --bad: #a3182b; --wait: #7a4f00; --quiet: #555; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd39b; --bad: #ff9aa5; --wait: #f0c060; --quiet: #bbb; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
header p { margin: 0; color: var(--quiet); }
h1 { margin-top: 0; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--line); }
h3 { margin-bottom: .25rem; }
h3 span { font-weight: normal; color: var(--quiet); white-space: nowrap; }
code { font: .92em ui-monospace, monospace; background: #8882; padding: 0 .2em; border-radius: .2em; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; }
caption.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); }
th[scope=row] { font-weight: normal; }
td p { margin: .15rem 0 0; color: var(--quiet); overflow-wrap: anywhere; }
td:first-child, .number { white-space: nowrap; }
td.common { white-space: normal; border-top: 0; }
.pass { color: var(--good); }
.fail, .error, .timeout { color: var(--bad); }
.review, .broken, .late { color: var(--wait); }
.diagnosis, blockquote { margin: .5rem 0; padding: .1rem .9rem; border-left: 4px solid var(--wait); }
blockquote { border-color: var(--good); }
@media print { body { max-width: none; } article { break-inside: avoid; } }
"""
