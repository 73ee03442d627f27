using System.Net;
using System.Net.Http.Headers;

namespace HaLong.Notifications.Sending.Carriers;

/// <summary>What the providers outside have in common: they are spoken to by HTTP, and what goes wrong says whether they heard us.</summary>
internal static class CarrierHttp
{
    public const string Client = "carriers";
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public static void Add(IServiceCollection services) => services
        .AddHttpClient(Client, client => client.MaxResponseContentBufferSize = LargestAnswer)
        // A redirect would carry numbers and passwords to somebody else; a repeat is the queue's business.
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        .AddServiceDiscovery();

    /// <summary>A failure of the call itself; not that the caller gave up.</summary>
    public static bool IsFailure(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>Nothing left this machine, or the answer was lost: then it may have been taken.</summary>
    public static ProviderAnswer AnswerOf(Exception e) => e switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
        } => new ProviderAnswer.Later("notConnected"),
        OperationCanceledException => new ProviderAnswer.Unknown("timeout"),
        _ => new ProviderAnswer.Unknown("answerLost"),
    };

    /// <summary>What an HTTP status means before anybody has read the body; null: read it.</summary>
    public static ProviderAnswer? AnswerOf(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, DateTimeOffset now) => (int)status switch
    {
        >= 200 and < 300 => null,
        // By these it says that it did not take it. Who does not know us, or wants money, is for the operator to mend.
        401 or 403 => new ProviderAnswer.Later("notAuthorised"),
        402 => new ProviderAnswer.Later("balance"),
        408 or 425 => new ProviderAnswer.Later("tooSlow"),
        429 => new ProviderAnswer.Later("tooMany", Wait(retryAfter, now)),
        503 => new ProviderAnswer.Later("away", Wait(retryAfter, now)),
        // Somewhere inside something broke, before or after it was taken.
        409 or >= 500 => new ProviderAnswer.Unknown($"status {(int)status}"),
        _ => new ProviderAnswer.Later($"status {(int)status}"),
    };

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? (header?.Date is { } date ? date - now : null)) is { } wait && wait > TimeSpan.Zero ? wait < LongestWait ? wait : LongestWait : null;
}
