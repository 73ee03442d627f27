using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using Microsoft.OpenApi;

namespace HaLong.Signatures.Features;

/// <summary>A sentence in both languages.</summary>
internal sealed record BilingualText(string Vi, string En);

/// <summary>One signature of the file.</summary>
internal sealed record SignatureView(
    string Field, string Indication, string SignerSubject, string Issuer, string SerialNumber, DateTimeOffset? ClaimedAt, string Reason,
        string Location,
    bool CoversWholeFile, string Format, string DigestAlgorithm, string Level, DateTimeOffset? TimeStampedAt, DateTimeOffset? RevokedAt,
    IReadOnlyList<string> Reasons);

/// <summary>A time-stamp over the whole document: when it existed, or why that is not proven.</summary>
internal sealed record DocumentTimeStampView(string Field, DateTimeOffset? TimeStampedAt, string Failure);

/// <summary>The report. Reasons stand with what they concern; notes decide nothing.</summary>
internal sealed record ValidationView(string Indication, BilingualText Summary, IReadOnlyList<string> Reasons, IReadOnlyList<string> Notes,
    IReadOnlyList<SignatureView> Signatures, IReadOnlyList<DocumentTimeStampView> DocumentTimeStamps)
{
    public static ValidationView Of(ValidationReport report)
    {
        var (vi, en) = Domain.Reasons.Summary(report);
        return new(Word(report.Indication), new BilingualText(vi, en), report.Reasons, [.. report.Signatures.SelectMany(s => s.Notes).Distinct()],
            [.. report.Signatures.Select(s => new SignatureView(
            s.Field, Word(s.Indication), s.SignerSubject, s.Issuer, s.SerialNumber, s.ClaimedAt, s.Reason, s.Location, s.CoversWholeFile,
                s.Format, s.DigestAlgorithm, s.Level, s.TimeStampedAt, s.RevokedAt, s.Reasons))],
            [.. report.TimeStamps.Select(t => new DocumentTimeStampView(t.Field, t.At, t.Failure))]);
    }

    public static string Word(Indication indication) => indication.ToString().ToUpperInvariant();
}

/// <summary><c>POST /api/v1/validations</c>: anyone may ask whether a signed PDF holds.</summary>
internal static class ValidateDocument
{
    public static void MapValidateDocument(this IEndpointRouteBuilder group) => group
        .MapPost("/validations", HandleAsync)
        .AllowAnonymous()
        .WithSummary("Validate the signatures of a PDF")
        .WithDescription("Body: the PDF itself (application/pdf) or a form with one file (multipart/form-data), at most 50 MB. Nothing is kept. Strong consistency; no scope needed.")
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
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string,
                            IOpenApiSchema>
                            { ["file"] = File() }
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    private static async Task<IResult> HandleAsync(HttpRequest request, ValidatePdf handler, CancellationToken ct)
    {
        var file = await UploadedFile.ReadAsync(request, ct);
        if (!file.IsSuccess)
            return file.Error.ToProblem();
        var report = await handler.HandleAsync(file.Value, ct);
        return report.Match(r => TypedResults.Ok(ValidationView.Of(r)));
    }
}
