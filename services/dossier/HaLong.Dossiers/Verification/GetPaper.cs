using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Verification;

/// <summary>What became of a paper, by the token in the link of its QR code.</summary>
internal sealed class GetPaper(PaperFinder papers)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{token}", (string token, GetPaper handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(token, http, ct))
        // Whoever is shown a paper may ask whether it is genuine; he holds its token because he holds the paper.
        .AllowAnonymous()
        .WithSummary("Whether a paper with this QR code was issued, what it is, and whether it still counts")
        .Answers<PaperView>(200, 404);

    private async Task<IResult> HandleAsync(string token, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return PaperToken.Parse(token) is { } id && await papers.ByIdAsync(id, ct) is { } paper
            ? TypedResults.Ok(paper)
            : VerificationErrors.PaperNotFound.ToProblem();
    }
}
