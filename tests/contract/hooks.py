"""Teaches schemathesis what the document cannot say: addresses of things that exist, and how two media types are written.

`CONTRACT_KNOWN` names a JSON file `{"ticket": ["tkt_...", ...], ...}`: known values by the name of the path parameter. A made-up
id alone gets no further than 404.
"""

import json
import os
import pathlib

import schemathesis
from hypothesis import strategies as st

KNOWN = json.loads(pathlib.Path(os.environ["CONTRACT_KNOWN"]).read_text())


@schemathesis.hook
def flatmap_path_parameters(ctx, parameters):
    """Three times in four a known value, where one is known."""
    choices = {name: KNOWN[name] for name in parameters or {} if KNOWN.get(name)}
    if not choices:
        return st.just(parameters)
    known = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in choices.items()})
    return st.one_of(st.just(parameters), *[known.map(lambda drawn: {**parameters, **drawn})] * 3)


@schemathesis.serializer("application/offset+octet-stream", "message/rfc822")
def bytes_as_they_are(ctx, value):
    """A piece of a file, or a mail: what was generated, as bytes."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
