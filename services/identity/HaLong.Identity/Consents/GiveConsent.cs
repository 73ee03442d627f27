using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Consents;

/// <summary>What somebody agrees to.</summary>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="TextVersion">The version of the text that was shown.</param>
/// <param name="Granted">Must be there and true: leaving it out is no consent.</param>
internal sealed record ConsentRequest(string? Purpose, int? TextVersion, bool? Granted);

/// <summary>Agrees to a purpose, in person and explicitly.</summary>
internal static class GiveConsent
{
    public static async Task<IResult> HandleAsync(
        ConsentRequest body, Caller caller, ConsentLedger ledger, IdentityDbContext db, CancellationToken ct)
    {
        var error = IdentityErrors.ConsentNotExplicit;
        if (string.IsNullOrWhiteSpace(body.Purpose))
            error = error.WithField("purpose", "Bắt buộc.", "Required.");
        if (body.TextVersion is null)
            error = error.WithField("textVersion", "Hãy nêu phiên bản văn bản đã đọc.", "Name the version of the text that was read.");
        if (body.Granted is not true)
            error = error.WithField("granted", "Phải là true: im lặng không phải là đồng ý. Để rút lại, dùng DELETE.", "Must be true: silence is no consent. To withdraw, use DELETE.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();

        var recorded = await ledger.RecordAsync(
            caller.AccountId, body.Purpose!, body.TextVersion!.Value, granted: true, ConsentProof.Of(caller), ct); // Both checked above.
        if (!recorded.IsSuccess)
            return recorded.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        return TypedResults.Created(
            $"/api/v1/me/consents/{body.Purpose}/proof",
            ConsentView.Of((await ledger.StandingsAsync(caller.AccountId, ct)).Single(s => s.Text.Purpose == body.Purpose)));
    }
}
