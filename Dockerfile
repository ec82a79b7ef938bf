# claimlint with the extra "all", every package by its hash. Checking needs no network: run it with --network none.
FROM python:3.13-slim AS build
WORKDIR /source
COPY locks/build.txt locks/
RUN python -m pip install --no-cache-dir --require-hashes -r locks/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY claimlint claimlint
COPY rulesets rulesets
COPY seeds seeds
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.13-slim
COPY locks/all.txt /tmp/all.txt
COPY --from=build /wheels /tmp/wheels
RUN python -m pip install --no-cache-dir --require-hashes -r /tmp/all.txt \
    && python -m pip install --no-cache-dir --no-deps /tmp/wheels/*.whl \
    && rm -r /tmp/all.txt /tmp/wheels \
    && useradd --create-home --uid 10001 reader
USER 10001
WORKDIR /pages
ENTRYPOINT ["claimlint"]
CMD ["--help"]
