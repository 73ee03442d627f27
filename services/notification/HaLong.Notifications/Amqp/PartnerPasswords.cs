using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HaLong.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Amqp;

/// <summary>
/// Passwords of partners' users: derived from <see cref="WebhookOptions.KeyPassword"/>, the client and a salt, so that the database holds none,
/// a repeated request gets the same one, and a broker that lost its users gets them back.
/// </summary>
internal sealed class PartnerPasswords(IOptions<WebhookOptions> options)
{
    public const int SaltBytes = 16;
    private const int Iterations = 200_000;

    private readonly Lazy<byte[]> key = new(() => Rfc2898DeriveBytes.Pbkdf2(
        options.Value.KeyPassword, "halong.amqp-passwords.v1"u8, Iterations, HashAlgorithmName.SHA256, 32));

    public string Of(string client, byte[] salt)
    {
        byte[] subject = [.. salt, .. Encoding.UTF8.GetBytes(client)];
        return Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, subject));
    }

    /// <summary>The password as the broker keeps it (its scheme rabbit_password_hashing_sha256), so that it does not travel.</summary>
    public string HashOf(string client, byte[] salt)
    {
        var brokerSalt = RandomNumberGenerator.GetBytes(4);
        byte[] salted = [.. brokerSalt, .. Encoding.UTF8.GetBytes(Of(client, salt))];
        return Convert.ToBase64String([.. brokerSalt, .. SHA256.HashData(salted)]);
    }
}
