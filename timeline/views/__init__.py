"""Pages: a request in, one form, one queryset, one template out."""
