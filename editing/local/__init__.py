"""Editing on one's own machine: the form in the browser, the entries of the checkout behind it.

The form (Sveltia CMS) has no protocol for a server of one's own; it works on the file system of the browser. The page
hands it a folder that looks like one (``static/folder.js``) and whose files are read and written through this package,
which listens on the loopback address only and writes nothing but valid entries below ``kb/entries``.
"""
