using System.Security.Cryptography;
using System.Text;
using HaLong.Portal.Design;

namespace HaLong.Portal.Offline;

/// <summary>The page of the visits.</summary>
/// <param name="Owner">Under what the visitor's drafts are kept on a device; null for a stranger, and in what is kept for use without a network.</param>
public sealed record VisitsModel(string? Owner);

/// <summary><c>/helping/visits</c>: drafts at people's homes. As a stranger sees it it holds nothing of anybody, and is kept for use without a network.</summary>
internal static class VisitsPage
{
    public static IResult Get(HttpContext context) => Pages.Of<Visits>(new VisitsModel(OwnerOf(context)));

    /// <summary>The same for a person on every device, and of no use to find the person.</summary>
    public static string? OwnerOf(HttpContext context) => context.User.FindFirst("sub")?.Value is { } subject
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("visits:" + subject)))[..32] : null;
}
