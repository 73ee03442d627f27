using System.Linq.Expressions;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.Sending;

/// <summary>An outgoing message as an administrator sees it: neither address nor text.</summary>
internal sealed record OutgoingView(
    Guid Id, Guid RecipientId, Guid? DossierId, string? DossierCode, string Kind, string Channel, string State, int Attempts, string? Provider,
    string? ProviderReference, bool MayBeTwice, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt)
{
    public static readonly Expression<Func<Message, OutgoingView>> From = m => new OutgoingView(
        m.Id, m.RecipientId, m.DossierId, m.DossierCode, m.Kind, Words.Of(m.Channel), Words.Of(m.State), m.Attempts, m.Provider, m.ProviderReference,
        m.MayBeTwice, m.LastError, m.CreatedAt, m.DueAt, m.ExpiresAt, m.SentAt, m.DeliveredAt);

    private static readonly Func<Message, OutgoingView> Make = From.Compile();

    public static OutgoingView Of(Message m) => Make(m);
}
