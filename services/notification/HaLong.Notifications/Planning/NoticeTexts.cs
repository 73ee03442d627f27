using System.Text.Json;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Direct;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Planning;

/// <summary>What a notice says in one channel.</summary>
internal sealed record ChannelText(string Title, string Body, string? Html = null, string? Data = null);

/// <summary>What a notice says in each channel that it has a text for.</summary>
internal static class NoticeTexts
{
    public static ChannelText? In(MessageChannel channel, NotifyOwner notice, Contact contact, RenderedNotice text) => channel switch
    {
        MessageChannel.Email => new ChannelText(text.Subject, text.Text, text.Html),
        MessageChannel.Sms => Sms(notice, contact, text) is { } words ? new ChannelText(text.Title, words) : null,
        MessageChannel.Zalo when text.Zalo is { } zalo => new ChannelText(
            text.Title, text.Body, Data: JsonSerializer.Serialize(new { templateId = zalo.TemplateId, data = zalo.Data }, JsonSerializerOptions.Web)),
        MessageChannel.Push when text.Push is { } push => new ChannelText(push.Title, push.Body, Data: JsonSerializer.Serialize(new { url = push.Url }, JsonSerializerOptions.Web)),
        _ => null,
    };

    /// <summary>Of a new password identity tells by SMS itself, at once, and of a new number it tells the old one.</summary>
    private static string? Sms(NotifyOwner notice, Contact contact, RenderedNotice text) => notice switch
    {
        { Change: AccountChanges.PasswordChanged } or { Kind: NoticeKinds.ContactPointsChanged } => null,
        { Kind: NoticeKinds.AccountSecurityChanged, Change: { } change } => DirectTexts.Notice(
            DirectTexts.SecurityChanged, contact.Language, new Dictionary<string, string>
            {
                ["what"] = AccountChanges.Plain(change, contact.Language),
                ["time"] = NoticeValues.Short(notice.OccurredAt),
            }),
        _ => text.Sms,
    };
}
