using System.Text.RegularExpressions;

namespace HaLong.Portal.Session;

/// <summary>The API wants a stronger or newer sign-in (RFC 9470). The next challenge of this request asks for it.</summary>
/// <param name="Acr">How strong; null for any.</param>
/// <param name="MaxAge">How old it may be at most, in seconds; null for any age.</param>
internal sealed partial record StepUpDemand(string? Acr, int? MaxAge)
{
    /// <summary>Remembers what an answer of the API demands, for <see cref="SignInNeeded"/>.</summary>
    public static void Note(HttpContext? context, HttpResponseMessage response)
    {
        var challenge = response.Headers.WwwAuthenticate.ToString();
        if (context is null || !challenge.Contains("insufficient_user_authentication", StringComparison.Ordinal))
            return;
        context.Features.Set(new StepUpDemand(
            AskedAcr().Match(challenge) is { Success: true } acr ? acr.Groups[1].Value : null,
            AskedAge().Match(challenge) is { Success: true } age && int.TryParse(age.Groups[1].Value, out var seconds) ? seconds : null));
    }

    [GeneratedRegex("acr_values=\"([^\"]{1,200})\"")]
    private static partial Regex AskedAcr();

    [GeneratedRegex("max_age=\"?([0-9]{1,9})")]
    private static partial Regex AskedAge();
}
