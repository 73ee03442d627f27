using System.Net.Http.Headers;
using System.Text;

namespace HaLong.Notifications.Amqp;

/// <summary>The broker of ConnectionStrings:broker, taken apart.</summary>
internal sealed class BrokerAddress(IConfiguration configuration)
{
    public Uri Url { get; } = new(configuration.GetConnectionString("broker") is { Length: > 0 } broker
        ? broker
        : throw new InvalidOperationException("ConnectionStrings:broker is missing."));

    public string VirtualHost => Url.AbsolutePath is "" or "/" ? "/" : Uri.UnescapeDataString(Url.AbsolutePath[1..]);

    /// <summary>The management API's credentials: those given, else those of the connection.</summary>
    public AuthenticationHeaderValue Authorization(BrokerManagementOptions management)
    {
        var pair = management.User is { Length: > 0 } user ? $"{user}:{management.Password}" : Uri.UnescapeDataString(Url.UserInfo);
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }
}
