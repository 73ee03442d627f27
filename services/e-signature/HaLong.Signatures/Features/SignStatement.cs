using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Jades;

namespace HaLong.Signatures.Features;

/// <summary>A statement and its signature.</summary>
/// <param name="Signature">The record.</param>
/// <param name="Compact">JWS in compact form.</param>
internal sealed record SignedStatement(Signature Signature, string Compact);

/// <summary>
/// Seals a small statement in JSON, as a receipt is one: whoever holds the published root verifies it off line. What is stated is not kept:
/// the caller has it, and with header and signature it gives the first answer again.
/// </summary>
internal sealed partial class SignStatement(SealOnce once)
{
    public const int MaxBytes = 16 * 1024;

    public async Task<Result<SignedStatement>> HandleAsync(StatementRequest request, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity("sign statement");
        activity?.SetTag("halong.document.id", request.DocumentId);
        if (Validate(request) is { } error)
            return error;
        var result = await once.RunAsync(request.Order, (_, key, now) =>
        {
            var draft = JadesDraft.Prepare(request.Payload.Span, key.Chain, key.Algorithm, now, request.Type);
            var value = key.SignHash(draft.HashToSign);
            var compact = draft.Assemble(value);
            var kept = Encoding.ASCII.GetBytes(draft.Header + ".." + compact[(compact.LastIndexOf('.') + 1)..]);
            return Task.FromResult<Result<SealMade>>(new SealMade(kept, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(compact))),
                compact.Length, Signature.BaselineB, SHA256.HashData(value)));
        }, ct);
        if (!result.IsSuccess)
            return result.Error;
        var stored = Encoding.ASCII.GetString(result.Value.Revision);
        var gap = stored.IndexOf("..", StringComparison.Ordinal) + 1;
        return new SignedStatement(result.Value, stored[..gap] + System.Buffers.Text.Base64Url.EncodeToString(request.Payload.Span) + stored[gap..]);
    }

    private static Error? Validate(StatementRequest request)
    {
        if (request.Payload.Length > MaxBytes || !IsObject(request.Payload))
            return FormatErrors.InvalidStatement;
        var error = SealChecks.Of(request.DocumentId, request.SignerId, request.UnitCode);
        if (!TypeName().IsMatch(request.Type))
            error = error.WithField("type", "Kiểu nội dung không hợp lệ.", "Not a media type.");
        return error.Fields.Count > 0 ? error : null;
    }

    private static bool IsObject(ReadOnlyMemory<byte> payload)
    {
        try
        {
            // A name that stands twice means one thing to one reader and another to the next.
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._+-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
