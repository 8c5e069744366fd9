#!/bin/sh
# Packs mysite/ into mysite.tar. Reproducible: sorted names, no owner, no times.
set -eu
cd "$(dirname "$0")"
tar --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00:00Z' \
  --mode='u+rwX,go+rX,go-w' -cf mysite.tar mysite
