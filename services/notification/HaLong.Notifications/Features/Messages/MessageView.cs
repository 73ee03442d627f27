using System.Linq.Expressions;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.Messages;

/// <summary>A message as its reader gets it.</summary>
internal sealed record MessageView(
    Guid Id, string Kind, Guid? DossierId, string? DossierCode, string Title, string Body, string Language, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
{
    public static readonly Expression<Func<Message, MessageView>> From = m =>
        new MessageView(m.Id, m.Kind, m.DossierId, m.DossierCode, m.Title, m.Body, m.Language, m.CreatedAt, m.ReadAt);

    public static MessageView Of(Message m) => new(m.Id, m.Kind, m.DossierId, m.DossierCode, m.Title, m.Body, m.Language, m.CreatedAt, m.ReadAt);
}
