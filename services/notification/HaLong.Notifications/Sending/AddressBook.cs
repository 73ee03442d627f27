using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Push;

namespace HaLong.Notifications.Sending;

/// <summary>Where a message goes.</summary>
internal sealed class AddressBook(PushDevices devices)
{
    /// <summary>Null when the person is not reached through that channel (any more).</summary>
    public async ValueTask<string?> AddressOfAsync(Message message, Contact contact, CancellationToken ct) => message.Channel switch
    {
        MessageChannel.Email => contact.Email,
        MessageChannel.Sms or MessageChannel.Zalo => Mobile(contact.Phone),
        MessageChannel.Push => Guid.TryParse(message.Target, out var device) ? (await devices.FindAsync(message.RecipientId, device, ct))?.ToJson() : null,
        _ => null,
    };

    /// <summary>E.164, as providers want it; numbers of older accounts are kept with the trunk zero.</summary>
    private static string? Mobile(string? phone) => phone switch
    {
        ['+', ..] => phone,
        ['0', .. var rest] => "+84" + rest,
        _ => null,
    };
}
