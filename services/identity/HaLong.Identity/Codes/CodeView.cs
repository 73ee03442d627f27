using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Codes;

/// <summary>A code is on its way, if there is somewhere to send it.</summary>
/// <param name="Id">Give it together with the code.</param>
/// <param name="ExpiresAt">The code is of no use afterwards.</param>
/// <param name="ResendAfter">Another one can be asked for from then on.</param>
/// <param name="Warnings">What looks wrong and may be right.</param>
internal sealed record CodeView(Guid Id, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter, IReadOnlyList<WarningView> Warnings)
{
    public static IResult Accepted(IssuedCode code) => Accepted(code, []);

    public static IResult Accepted(IssuedCode code, IReadOnlyList<Warning> warnings) => TypedResults.Json(
        new CodeView(code.ChallengeId, code.ExpiresAt, code.ResendAfter, [.. warnings.Select(w => w.View)]), statusCode: StatusCodes.Status202Accepted);
}

/// <summary>The two languages of the platform.</summary>
internal static class Languages
{
    /// <summary>The language asked for, else that of the request.</summary>
    public static string Choose(string? language) => language is "vi" or "en" ? language : Text.Bilingual("vi", "en");
}
