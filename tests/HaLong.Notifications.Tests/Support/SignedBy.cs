using System.Security.Cryptography;
using System.Text;

namespace HaLong.Notifications.Tests.Support;

/// <summary>What a receiver expects, computed by itself.</summary>
internal static class SignedBy
{
    public static IEnumerable<string> Of(Receiver.Delivery delivery, params string[] secrets)
    {
        var signed = Encoding.UTF8.GetBytes($"{delivery.Id}.{delivery.Headers["webhook-timestamp"]}.{delivery.Body}");
        return secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s["whsec_".Length..]), signed)));
    }

    /// <summary>The delivery is signed by this secret, perhaps among others.</summary>
    public static bool Hold(Receiver.Delivery delivery, string secret) =>
        delivery.Headers["webhook-signature"].Split(' ').Contains(Of(delivery, secret).Single());
}
