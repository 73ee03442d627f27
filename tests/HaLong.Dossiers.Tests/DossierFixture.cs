using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaLong.Dossiers.Tests;

/// <summary>The dossier service on real servers, with neighbours, and what people do with it.</summary>
public sealed class DossierFixture(Servers servers) : IAsyncLifetime
{
    public const string Unit = "06688";
    public const string OtherUnit = "06652";
    public const string Province = "22";

    /// <summary>First land registration: one required component, fees by the demonstration tariff.</summary>
    public const string Land = "1.013978";

    /// <summary>Confirmation of continued use: two required components, no fee.</summary>
    public const string Free = "1.013947";

    // Forms are in force on every day that tests travel to.
    private static readonly ShiftedTime LongAgo = new(new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private TestIdentity? identity;
    private ServiceFactory<Program>? factory;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Servers Servers => servers;
    public Neighbours Neighbours { get; private set; } = null!;
    public TestIdentity Identity => identity!;
    public ServiceFactory<Program> Factory => factory!;
    public string Folder { get; } = Directory.CreateTempSubdirectory("dossier-files").FullName;

    public Dictionary<string, string?> Settings { get; } = new() { ["Keys:Password"] = "a password only for tests", ["Dossiers:SigningRetry"] = "00:00:00.200", ["Logging:LogLevel:Microsoft.AspNetCore.Routing"] = "Error", ["Deadlines:RecountInterval"] = "01:00:00", ["Register:Interval"] = "01:00:00", ["Statistics:Schedules:Interval"] = "01:00:00", ["Dossiers:Watchdog:Interval"] = "01:00:00", ["Statistics:Interval"] = "01:00:00", ["Statistics:NightlyCheck"] = "none", ["Deadlines:CalendarMaxAge"] = "00:00:00.100", ["Dossiers:Queues:GaugeInterval"] = "00:00:01", ["Archive:Rules:0:Field"] = "RESIDENCE", ["Archive:Rules:0:From"] = "2000-01-01", ["Archive:Rules:0:Years"] = "20" };

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        Neighbours = await Neighbours.StartAsync();
        factory = await NewFactory().StartAsync();
    }

    public ServiceFactory<Program> NewFactory()
    {
        var made = new ServiceFactory<Program>(servers, Identity)
            .WithDatabase<DossierDbContext>("dossier-db", options => new DossierDbContext(options), async db =>
            {
                await new CatalogueLoader(db, TimeProvider.System, new Development(), NullLogger<CatalogueLoader>.Instance).LoadAsync(CancellationToken.None);
                await CalendarSamples.SeedAsync(db);
                await new FormLoader(db, LongAgo, NullLogger<FormLoader>.Instance).LoadAsync(CancellationToken.None);
            })
            .WithSetting("Files:Path", Folder)
            .WithSetting("services:identity:grpc:0", Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", Neighbours.Url)
            .WithSetting("services:payment:grpc:0", Neighbours.Url);
        foreach (var (key, value) in Settings)
            made.WithSetting(key, value);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
        await Neighbours.DisposeAsync();
        if (identity is not null)
            await identity.DisposeAsync();
        // A result may still be on its way to the disk.
        await Eventually.Async(() => Task.FromResult(Removed()), "the folder of the files is gone");
    }

    private bool Removed()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public HttpClient Citizen(Guid? id = null, string? check = null) => Factory.Client(Identity.Token(id, [Roles.Citizen], check: check));

    /// <summary>Somebody who acts for the owner by a delegation.</summary>
    public (HttpClient Client, Guid Actor) Delegate(Guid owner, TestRight right, Guid? actor = null)
    {
        var (id, who) = (Guid.CreateVersion7(), actor ?? Guid.CreateVersion7());
        Neighbours.Rights[id] = right;
        return (Factory.Client(Identity.Token(owner, [Roles.Citizen], check: "0123", actor: who, delegation: id)), who);
    }

    /// <summary>A helper in an assisted session with the owner.</summary>
    public (HttpClient Client, Guid Actor, Guid Session) Assisted(Guid owner, TestRight right)
    {
        var (id, who) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Neighbours.Rights[id] = right;
        return (Factory.Client(Identity.Token(owner, [Roles.Citizen], Unit, channel: "assisted", actor: who, assistedSession: id)), who, id);
    }

    public HttpClient Official(string role, string unit = Unit, Guid? id = null) => Factory.Client(Identity.Token(id, [role], unit));

    private static int parcels;

    /// <summary>A draft about a parcel of its own, so that no two are about the same matter.</summary>
    public static async Task<JsonElement> OpenAsync(HttpClient client, string procedure = Land, string unit = Unit, int? parcel = null)
    {
        var data = new { thua = parcel ?? Interlocked.Increment(ref parcels) };
        using var response = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = procedure, unitCode = unit, subject = "Cấp giấy lần đầu", data }, Ct);
        return await BodyAsync(response, HttpStatusCode.Created);
    }

    public static MultipartFormDataContent Form(int component, byte[] content, string name = "don.pdf")
    {
        var form = new MultipartFormDataContent { { new StringContent(component.ToString(CultureInfo.InvariantCulture)), "component" } };
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part, "file", name);
        return form;
    }

    public static Task<HttpResponseMessage> UploadAsync(HttpClient client, Guid id, int component, byte[] content, string name = "don.pdf", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/dossiers/{id}/documents") { Content = Form(component, content, name) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    /// <summary>A complete draft.</summary>
    public static async Task<Guid> DraftAsync(HttpClient client, string procedure = Land, string unit = Unit)
    {
        var id = (await OpenAsync(client, procedure, unit)).GetProperty("id").GetGuid();
        for (var component = 1; component <= (procedure == Free ? 2 : 1); component++)
            (await UploadAsync(client, id, component, Samples.Pdf($"{id} {component}"))).EnsureSuccessStatusCode();
        return id;
    }

    public static async Task<Guid> SubmittedAsync(HttpClient client, string procedure = Land, string unit = Unit)
    {
        var id = await DraftAsync(client, procedure, unit);
        await BodyAsync(await PostAsync(client, id, "submission"));
        return id;
    }

    public async Task<Guid> AcceptedAsync(HttpClient client, string procedure = Land)
    {
        var id = await SubmittedAsync(client, procedure);
        await BodyAsync(await PostAsync(Official(Roles.Reception), id, "acceptance"));
        return id;
    }

    public async Task<Guid> ProcessingAsync(HttpClient client, string procedure = Free, Guid? officer = null)
    {
        var id = await AcceptedAsync(client, procedure);
        await BodyAsync(await PostAsync(Official(Roles.Officer, id: officer), id, "assignment"));
        return id;
    }

    public async Task<Guid> ApprovedAsync(HttpClient client)
    {
        var id = await ProcessingAsync(client);
        await BodyAsync(await PostAsync(Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận đề nghị." }));
        return id;
    }

    public async Task<Guid> ResolvedAsync(HttpClient client)
    {
        var id = await ApprovedAsync(client);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        return id;
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid id, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/dossiers/{id}/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    public static async Task<JsonElement> GetAsync(HttpClient client, string path) => await BodyAsync(await client.GetAsync(path, Ct));

    public static Task<JsonElement> ViewAsync(HttpClient client, Guid id) => GetAsync(client, $"/api/v1/dossiers/{id}");

    public static Task<JsonElement> WaitForAsync(HttpClient client, Guid id, Func<JsonElement, bool> fits, string what) =>
        Eventually.ValueAsync(() => ViewAsync(client, id), fits, what);

    /// <summary>The body of an answer with the expected status.</summary>
    public static async Task<JsonElement> BodyAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>The answer is a problem with this status and code.</summary>
    public static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await BodyAsync(response, (HttpStatusCode)status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, body.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(body.GetProperty("traceId").GetString()));
        return body;
    }

    public async Task PayAsync(HttpClient client, Guid id, Guid? payment = null)
    {
        var paymentId = payment ?? Guid.CreateVersion7();
        await Factory.PublishAsync(new PaymentRequested(paymentId, id, "c", Guid.Empty, 150_000, TimeProvider.System.GetUtcNow(), "HL1", TimeProvider.System.GetUtcNow().AddDays(1)));
        // Each fact has a queue of its own: who wants them in order waits.
        await WaitForAsync(client, id, d => d.GetProperty("payment").ValueKind == JsonValueKind.Object, "the request is recorded");
        await Factory.PublishAsync(new PaymentSettled(paymentId, id, "c", Guid.Empty, 150_000, TimeProvider.System.GetUtcNow(), "lab"));
        await WaitForAsync(client, id, d => d.GetProperty("payment") is { ValueKind: JsonValueKind.Object } p && p.GetProperty("status").GetString() == "settled", "the payment is recorded");
    }

    /// <summary>Hears the service's facts on its bus, like a neighbour with a queue of its own.</summary>
    public async Task<Listener<T>> ListenAsync<T>()
        where T : class => await Listener.StartAsync<T>(new Uri(Factory.Broker));

    internal async Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work)
    {
        await using var scope = Factory.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DossierDbContext>());
    }

    /// <summary>The same, on what is closed: nothing but destruction may change that, and tests that break something.</summary>
    internal Task<int> InClosedAsync(Func<DossierDbContext, Task<int>> work) => InDbAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", Ct);
        var changed = await work(db);
        await transaction.CommitAsync(Ct);
        return changed;
    });

    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = "/";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
