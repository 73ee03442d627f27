using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Microsoft.OpenApi;

namespace HaLong.Signatures.Features;

/// <summary><c>POST /api/v1/validations</c>: anyone may ask whether the signature of a file holds.</summary>
internal static class ValidateDocument
{
    public static void MapValidateDocument(this IEndpointRouteBuilder group) => group
        .MapPost("/validations", HandleAsync)
        .AllowAnonymous()
        .WithSummary("Validate the signatures of a file")
        .WithDescription("Body: a PDF (application/pdf), a statement as JWS (application/jose), or a form (multipart/form-data) with one of these, "
            + "or with any file and the detached signature over it (CMS, DER or PEM): file 50 MB, signature 1 MB. What is what, the content decides. "
            + "report: simple (default) or detailed, which adds every check and what was seen. Nothing is kept. Strong consistency; no scope needed.")
        .Produces<ValidationView>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        // Described here instead of by Accepts: that would let routing answer 415 from an endpoint that is closed to anyone not signed in.
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/pdf"] = new() { Schema = File() },
                    ["application/jose"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = File(), ["signature"] = File() },
                            Required = new HashSet<string> { "file" },
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    private static async Task<IResult> HandleAsync(string? report, HttpRequest request, ValidateFile handler, CancellationToken ct)
    {
        if (report is not (null or "simple" or "detailed"))
            return FormatErrors.UnknownReport.ToProblem();
        var upload = await Upload.ReadAsync(request, ct);
        if (!upload.IsSuccess)
            return upload.Error.ToProblem();
        using var read = upload.Value;
        var result = await handler.HandleAsync(read, ct);
        return result.Match(r => TypedResults.Ok(ValidationView.Of(r, detailed: report == "detailed")));
    }
}
