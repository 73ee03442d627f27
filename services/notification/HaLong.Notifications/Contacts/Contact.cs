using System.ComponentModel;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Contacts;

/// <summary>How to reach a person and how the person wants to be told things. Lives only in this process's memory.</summary>
/// <param name="Email">Mailbox; null when unknown.</param>
/// <param name="Phone">Telephone; null when unknown.</param>
/// <param name="Language">vi or en.</param>
/// <param name="Channels">Most wanted first, without the inbox, which is always there; a channel that is missing is not used.</param>
/// <param name="QuietHours">Nothing but what cannot wait between the evening and the morning.</param>
/// <param name="Digest">none, daily or weekly: what can wait comes gathered.</param>
/// <param name="OptionalMessages">False: only what law or a dossier demands.</param>
[ImmutableObject(true)]
internal sealed record Contact(
    string? Email, string? Phone, string Language, IReadOnlyList<MessageChannel> Channels, bool QuietHours = false, string Digest = "none", bool OptionalMessages = true)
{
    public static readonly Contact Unknown = new(null, null, "vi", [MessageChannel.Email]);
}
