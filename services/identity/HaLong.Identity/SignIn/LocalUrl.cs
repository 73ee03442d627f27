namespace HaLong.Identity.SignIn;

/// <summary>A return address must stay on this site, or the sign-in page could be used to send people elsewhere.</summary>
internal static class LocalUrl
{
    public static bool IsLocal(string url) =>
        url.StartsWith('/')
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl);
}
