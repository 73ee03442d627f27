using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Sending;

/// <summary>A message as a provider gets it. Holds an address: lives in memory only and is never logged.</summary>
/// <param name="Key">Our id of it, the same in every attempt.</param>
/// <param name="Address">Mailbox, telephone number (E.164) or a device's push subscription.</param>
/// <param name="Language">vi or en.</param>
/// <param name="Title">Subject or headline.</param>
/// <param name="Text">What it says.</param>
/// <param name="Html">HTML alternative of a mail.</param>
/// <param name="Data">What fills a provider's own template, as JSON.</param>
/// <param name="Class">How it may be treated.</param>
/// <param name="RecipientId">Whose it is; null for a code or a notice to an address alone.</param>
/// <param name="ExpiresAt">Of no use after this.</param>
internal sealed record OutgoingMessage(
    string Key, string Address, string Language, string Title, string Text, string? Html = null, string? Data = null,
    NoticeClass Class = NoticeClass.Status, Guid? RecipientId = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Where its reader opts out of what is optional with one click, without signing in (RFC 8058); null where nothing can be opted out of.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>What it is about, so that a device that was off shows only the newest of several; null: itself alone.</summary>
    public string? Topic { get; init; }
}
