using System.Globalization;
using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Account;

/// <summary>How the visitor wants to be told things.</summary>
/// <param name="Channels">Most wanted first.</param>
/// <param name="Digest">none, daily or weekly.</param>
public sealed record Preferences(string Language, IReadOnlyList<string> Channels, bool QuietHours, string Digest, bool OptionalMessages)
{
    /// <summary>All that there are; the inbox is always used.</summary>
    public static readonly IReadOnlyList<string> Known = ["inApp", "email", "sms", "zalo", "push"];

    /// <summary>Place of a channel from 1; 0 when it is not used.</summary>
    public int RankOf(string channel) => Channels.ToList().IndexOf(channel) + 1;
}

public sealed record PreferencesModel(Preferences Preferences, string? Version, bool IsSaved, Trouble? Trouble);

/// <summary><c>/me/preferences</c>: channels with their order, quiet hours, digest, language, optional messages.</summary>
internal static class PreferencePages
{
    private const string Path = "/me/preferences";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/preferences", (bool? saved, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(null, saved == true, null, 200, api, context, ct));
        group.MapPost("/preferences", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(Preferences? typed, bool saved, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var now = await api.GetAsync<Preferences>("me/preferences", ct);
        return Instead.Of(now, context, Path) ?? Pages.Of<ShowPreferences>(new PreferencesModel(typed ?? now.Value!, now.Version, saved, trouble), status);
    }

    private static async Task<IResult> SaveAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var wanted = Of(sent);
        var saved = await api.PatchAsync<Preferences>("me/preferences", wanted, sent["version"].ToString() is { Length: > 0 } version ? version : null, ct);
        return Otherwise.SignIn(saved, context, Path)
            ?? (saved.IsSuccess ? Pages.Go(Path + "?saved=true") : await ShowAsync(wanted, false, saved.Trouble, (int)saved.Status, api, context, ct));
    }

    /// <summary>Each channel has a place or none; of two with the same place the one that is first on the page is first.</summary>
    internal static Preferences Of(IFormCollection sent)
    {
        var ranks = Preferences.Known.Select(c => (Channel: c, Rank: int.TryParse(sent["rank-" + c], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : 0));
        return new Preferences(
            sent["language"] == "en" ? "en" : "vi",
            [.. ranks.Where(r => r.Rank > 0 || r.Channel == "inApp").OrderBy(r => r.Rank == 0 ? int.MaxValue : r.Rank).Select(r => r.Channel)],
            sent["quietHours"] == "true", sent["digest"].ToString() is { Length: > 0 } digest ? digest : "none", sent["optionalMessages"] == "true");
    }
}
