"""Millions of articles: the same `read` and `compare` as tasks on Daft, from files to Parquet.

    files ──finding──▶ texts by day ──reading──▶ tables of readings ──duplicates──▶ who repeats whom
                                                      ├──stories──▶ claims, differences
                                                      └──quotations──▶ wordings, variants

A task reads files and writes files; a file that is there is done. A job that was broken off is
completed by the same command.
"""
