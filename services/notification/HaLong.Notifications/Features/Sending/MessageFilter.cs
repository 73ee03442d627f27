using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Sending;

/// <summary>Which outgoing messages are meant.</summary>
internal sealed record MessageFilter(MessageState State, MessageChannel? Channel, string? Provider, string? Kind)
{
    private const int MaxName = 100;

    /// <summary>All that is wrong with it at once.</summary>
    public static Result<MessageFilter> Read(string? state, string? channel, string? provider, string? kind)
    {
        var error = SendingErrors.FilterNotUsable;
        if (!TryWord(state ?? "failed", out MessageState wanted) || wanted is MessageState.Sent or MessageState.Delivered)
            error = error.WithField("state", "Trạng thái là failed, pending, expired hoặc cancelled.", "The state is failed, pending, expired or cancelled.");
        MessageChannel? through = null;
        if (channel is not null)
        {
            if (TryWord(channel, out MessageChannel known) && known != MessageChannel.InApp)
                through = known;
            else
                error = error.WithField("channel", "Kênh là email, sms, zalo hoặc push.", "The channel is email, sms, zalo or push.");
        }

        foreach (var (name, value) in new[] { ("provider", provider), ("kind", kind) })
        {
            if (value is { Length: 0 or > MaxName })
                error = error.WithField(name, "Từ 1 đến 100 ký tự.", "1 to 100 characters.");
        }

        return error.FieldMessages.Count > 0 ? error : new MessageFilter(wanted, through, provider, kind);
    }

    public IQueryable<Message> Of(IQueryable<Message> messages)
    {
        messages = messages.Where(m => m.State == State && m.Channel != MessageChannel.InApp);
        if (Channel is { } channel)
            messages = messages.Where(m => m.Channel == channel);
        if (Provider is { } provider)
            messages = messages.Where(m => m.Provider == provider);
        return Kind is { } kind ? messages.Where(m => m.Kind == kind) : messages;
    }

    private static bool TryWord<T>(string word, out T value)
        where T : struct, Enum => Enum.TryParse(word, ignoreCase: true, out value) && Words.Of(value) == word;
}
