using System.Text.Json;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Keys;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Dossiers.Verification;

/// <summary>Compares a file, its hash or the text of a QR code with what was issued. Nothing of it is kept.</summary>
internal sealed class CheckPaper(PaperFinder papers, PaperReader reader, Signer signer)
{
    private const int HashLength = 64, MostText = 8 * 1024;

    /// <param name="Sha256">SHA-256 of a file, in hex.</param>
    /// <param name="Qr">Text of the QR code: the whole, or only what follows the #.</param>
    /// <param name="Stated">What the paper says, as docs/services/dossier-verification.md lists it for its kind.</param>
    internal sealed record Request(string? Sha256, string? Qr, JsonElement? Stated);

    /// <param name="FileIssued">Of a file or hash: whether exactly this file was issued.</param>
    /// <param name="Signed">Of a QR code: whether keys of ours signed it.</param>
    /// <param name="Statement">What it states, once it is signed by us.</param>
    /// <param name="DataMatches">Whether the paper says what was signed.</param>
    /// <param name="Paper">What became of the paper; null when none is known.</param>
    internal sealed record Answer(bool? FileIssued, bool? Signed, PaperStatement? Statement, bool? DataMatches, PaperView? Paper);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (CheckPaper handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(http, ct))
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        // Nothing is changed or kept, so there is nothing to repeat and nobody to know.
        .AllowAnonymous()
        .WithSummary("Check a PDF (application/pdf or multipart/form-data), or JSON with sha256, qr and what the paper states, against what was issued")
        .Answers<Answer>(200, 400, 413, 415, 503);

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var read = await reader.ReadAsync(http, ct);
        if (!read.IsSuccess)
            return read.Error.ToProblem();
        var request = read.Value;
        if (request.Sha256 is { } hash && (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigit)))
            return VerificationErrors.NothingToCheck.WithField("sha256", "64 chữ số thập lục phân.", "64 hexadecimal digits.").ToProblem();
        if (request.Qr is { Length: > MostText })
            return VerificationErrors.NothingToCheck.WithField("qr", $"Nhiều nhất {MostText} ký tự.", $"At most {MostText} characters.").ToProblem();
        if (request is { Sha256: null, Qr: null })
            return VerificationErrors.NothingToCheck.ToProblem();

        var file = request.Sha256 is { } sha256 ? await papers.ByHashAsync(sha256.ToLowerInvariant(), ct) : null;
        var statement = request.Qr is { } qr ? await signer.ReadAsync<PaperStatement>(PaperStatement.Type, qr[(qr.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim(), ct) : null;
        var paper = file ?? (statement is not null && PaperToken.Parse(statement.Jti) is { } id ? await papers.ByIdAsync(id, ct) : null);
        return TypedResults.Ok(new Answer(
            request.Sha256 is null ? null : file is not null, request.Qr is null ? null : statement is not null, statement, Matches(statement, request.Stated), paper));
    }

    private static bool? Matches(PaperStatement? statement, JsonElement? stated)
    {
        if (stated is not { ValueKind: JsonValueKind.Object } said || statement is null)
            return null;
        try
        {
            return PaperStatements.HashOfJson(said.GetRawText()) == statement.Data;
        }
        catch (InvalidOperationException)
        {
            // Half a character: not what we printed.
            return false;
        }
    }
}
