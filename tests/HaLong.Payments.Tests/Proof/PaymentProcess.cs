using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Proof;

/// <summary>The payment service as a process of its own, as it runs in a city: killed without warning and started again at the same address.</summary>
public sealed class PaymentProcess(Servers servers) : IAsyncLifetime
{
    private readonly StringBuilder output = new();
    private TestIdentity? identity;
    private Signer? signer;
    private Process? process;
    private string database = "";

    /// <summary>amqp URL of its virtual host.</summary>
    public string Broker { get; private set; } = "";

    internal Uri Address { get; private set; } = new("http://127.0.0.1");

    internal HttpClient Http { get; private set; } = new();

    internal TestIdentity Identity => identity ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        signer = await Signer.StartAsync();
        Broker = await servers.CreateVhostAsync();
        database = await servers.CreateDatabaseAsync<PaymentDbContext>(async connection =>
        {
            await using var db = Context(connection);
            await db.Database.MigrateAsync();
        });
        Address = new Uri("http://127.0.0.1:" + FreePort().ToString(CultureInfo.InvariantCulture));
        Http = new HttpClient { BaseAddress = Address };
        await StartAsync();
    }

    /// <summary>Starts it and waits until it serves and its queues are there.</summary>
    internal async Task StartAsync()
    {
        // Ends with the test process, however that ends.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", "dotnet", Path.Combine(AppContext.BaseDirectory, "HaLong.Payments.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["ConnectionStrings__payment-db"] = database,
            ["ConnectionStrings__broker"] = Broker,
            ["ConnectionStrings__cache"] = servers.Redis,
            ["PublicUrl"] = TestIdentity.PublicUrl,
            ["services__identity__http__0"] = Identity.Url,
            ["services__identity__grpc__0"] = Identity.Url,
            ["services__e-signature__grpc__0"] = signer!.Url,
            ["ServiceAuth__ClientId"] = "payment",
            ["ServiceAuth__ClientSecret"] = "payment-secret",
            ["Bank__Providers__lab__Secret"] = PaymentFixture.Secret,
            ["Bank__Providers__other__Secret"] = PaymentFixture.OtherSecret,
            ["Payments__Lifetime"] = "1.00:00:00",
            ["Payments__Grace"] = "00:00:00",
            ["Payments__SweepInterval"] = "00:00:00.200",
        })
            start.Environment[key] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(async () => (await Http.GetStringAsync("/health")).Contains("Healthy", StringComparison.Ordinal), "the service is healthy");
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    internal async Task<T> QueryAsync<T>(Func<PaymentDbContext, Task<T>> query)
    {
        await using var db = Context(database);
        return await query(db);
    }

    /// <summary>Open requests, with the facts that tell of them, to be sent by the service.</summary>
    internal Task<List<PaymentRequest>> OpenAsync(int count, Func<int, TimeSpan> lifetime) => QueryAsync(async db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var opened = Enumerable.Range(0, count).Select(i => PaymentRequest.Open(
            new PaymentPurpose(Guid.CreateVersion7(), "000.00.01.H49-261120-0001", "1.013978", PaymentFixture.Unit, Guid.CreateVersion7(), Guid.CreateVersion7(), "online"),
            [new PaymentItem(1, "phi", "Phí thẩm định", 100_000, true), new PaymentItem(2, "lePhi", "Lệ phí địa chính", 50_000, true)],
            Domain.Some.Account, PaymentReference.Create(), now, lifetime(i)).Value).ToList();
        db.AddRange(opened);
        opened.ForEach(db.Record);
        await db.SaveChangesAsync();
        return opened;
    });

    /// <summary>A notice as the bank sends it once: with its signature, or another.</summary>
    internal static async Task<HttpStatusCode> TellAsync(HttpClient http, string body, string secret = PaymentFixture.Secret, TimeSpan age = default, string? signedBody = null)
    {
        var timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/bank/lab")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add(BankSignature.TimestampHeader, timestamp);
        request.Headers.Add(BankSignature.SignatureHeader, BankSignature.Sign(secret, timestamp, Encoding.UTF8.GetBytes(signedBody ?? body)));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>As banks do: again until it is taken.</summary>
    internal Task TellUntilTakenAsync(HttpClient http, string body) => UntilAsync(async () => await TellAsync(http, body) == HttpStatusCode.Accepted, "the notice is taken");

    /// <summary>A client with one connection, and no more.</summary>
    internal HttpClient Connection() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = Address };

    /// <summary>Waits for something; says what the process printed when it does not come.</summary>
    internal async Task UntilAsync(Func<Task<bool>> probe, string what)
    {
        try
        {
            await Eventually.Async(probe, what, TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            lock (output)
                throw new TimeoutException($"{e.Message}: {e.InnerException?.Message}\n{output}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        Http.Dispose();
        if (identity is not null)
            await identity.DisposeAsync();
        if (signer is not null)
            await signer.DisposeAsync();
    }

    private static PaymentDbContext Context(string connection) =>
        new(new DbContextOptionsBuilder<PaymentDbContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Take(string? line)
    {
        lock (output)
        {
            // The end says why.
            if (output.Length > 100_000)
                output.Clear();
            output.AppendLine(line);
        }
    }
}
