using HaLong.Identity.Domain;
using HaLong.Identity.Registration;

namespace HaLong.Identity.Profile;

/// <summary>Ways to tell people something.</summary>
internal static class Channels
{
    /// <summary>The inbox of the platform: always one of them, for notices that the law demands arrive there.</summary>
    public const string InApp = "inApp";
    public const string Email = "email";
    public const string Sms = "sms";
    public const string Zalo = "zalo";
    public const string Push = "push";

    public static readonly IReadOnlyList<string> All = [InApp, Email, Sms, Zalo, Push];

    public static readonly IReadOnlyList<string> Default = [InApp, Email];
}

/// <summary>How often what can wait is gathered into one message.</summary>
internal static class Digests
{
    public const string None = "none";
    public const string Daily = "daily";
    public const string Weekly = "weekly";

    public static readonly IReadOnlyList<string> All = [None, Daily, Weekly];
}

/// <summary>How somebody wants to be told things.</summary>
/// <param name="Language">vi or en.</param>
/// <param name="Channels">Most wanted first; a channel that is missing is not used. inApp, email, sms, zalo, push; inApp is always there.</param>
/// <param name="QuietHours">Nothing but what cannot wait between the evening and the morning.</param>
/// <param name="Digest">none, daily or weekly: what can wait comes gathered.</param>
/// <param name="OptionalMessages">False: nothing that no law and no dossier demands (surveys, news, hints).</param>
internal sealed record PreferencesView(string Language, IReadOnlyList<string> Channels, bool QuietHours, string Digest, bool OptionalMessages)
{
    /// <summary>Of an account and its profile; one without a profile has the defaults.</summary>
    public static PreferencesView Of(Account account, AccountProfile? profile)
    {
        profile ??= new AccountProfile { AccountId = account.Id };
        return new PreferencesView(account.Language, profile.Channels, profile.QuietSince is not null, profile.Digest, profile.OptedOutAt is null);
    }

    /// <summary>The same after a patch; what is wrong is noted there.</summary>
    public PreferencesView With(MergePatch patch)
    {
        patch.Only("language", "channels", "quietHours", "digest", "optionalMessages");
        var language = patch.Has("language") ? patch.Text("language") ?? "vi" : Language;
        if (language is not ("vi" or "en"))
            patch.Refuse("language", "Ngôn ngữ là vi hoặc en.", "The language is vi or en.");
        var channels = patch.Has("channels") ? patch.Texts("channels") ?? Profile.Channels.Default : Channels;
        if (channels.Except(Profile.Channels.All).Any() || channels.Distinct().Count() != channels.Count)
            patch.Refuse("channels", $"Mỗi kênh một lần, trong số: {string.Join(", ", Profile.Channels.All)}.", $"Each once, of: {string.Join(", ", Profile.Channels.All)}.");
        if (!channels.Contains(Profile.Channels.InApp))
            patch.Refuse("channels", "Luôn phải có inApp: thông báo theo luật định được gửi ở đó.", "inApp is always among them: notices that the law demands arrive there.");
        var digest = patch.Has("digest") ? patch.Text("digest") ?? Digests.None : Digest;
        if (!Digests.All.Contains(digest))
            patch.Refuse("digest", $"Là một trong: {string.Join(", ", Digests.All)}.", $"One of: {string.Join(", ", Digests.All)}.");
        return new PreferencesView(language, channels, patch.Has("quietHours") ? patch.Flag("quietHours", false) : QuietHours, digest,
            patch.Has("optionalMessages") ? patch.Flag("optionalMessages", true) : OptionalMessages);
    }

    /// <summary>Since when somebody wants no more of something stays what it was while nothing changes about it.</summary>
    public void WriteTo(AccountProfile profile, DateTimeOffset now) => (profile.Channels, profile.QuietSince, profile.Digest, profile.OptedOutAt) =
        ([.. Channels], QuietHours ? profile.QuietSince ?? now : null, Digest, OptionalMessages ? null : profile.OptedOutAt ?? now);
}
