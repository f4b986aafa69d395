"""What the fuzzer of the API is told beside the OpenAPI document."""
