"""Taking the chronology away: querysets in, strings out, as CSV and as JSON.

Knows the rows and the vocabulary; no request, no response, no file. What it needs of the outside, such as the address
of the site, is an argument.
"""
