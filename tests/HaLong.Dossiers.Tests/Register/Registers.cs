using System.Runtime.CompilerServices;
using System.Text.Json;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Register;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>A service whose register is kept when the test says so, on a clock that the test sets.</summary>
internal sealed class Registers(DossierFixture dossiers, ServiceFactory<Program> service, ShiftedTime clock) : IAsyncDisposable
{
    private static int units;

    public const string Path = "/api/v1/admin/register";

    public ShiftedTime Clock => clock;
    public ServiceFactory<Program> Service => service;

    public static async Task<Registers> StartAsync(DossierFixture dossiers, string settle = "00:00:00", DateTimeOffset? at = null, params (string Key, string Value)[] settings)
    {
        var clock = new ShiftedTime(at ?? TimeProvider.System.GetUtcNow());
        var factory = dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(clock)).WithSetting("Register:Settle", settle).WithSetting("Register:Interval", "1.00:00:00");
        foreach (var (key, value) in settings)
            factory.WithSetting(key, value);
        return new Registers(dossiers, await factory.StartAsync(), clock);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    /// <summary>A unit that no test before has used.</summary>
    public static string NewUnit() => $"06{7000 + Interlocked.Increment(ref units)}";

    public HttpClient Citizen() => service.Client(dossiers.Identity.Token());

    public HttpClient Official(string role, string? unit, Guid? id = null) => service.Client(dossiers.Identity.Token(id, [role], unit));

    /// <summary>A dossier that the unit's reception accepted.</summary>
    public async Task<Guid> AcceptedAsync(string unit, HttpClient? client = null)
    {
        var id = await SubmittedAsync(client ?? Citizen(), Free, unit);
        await BodyAsync(await PostAsync(Official(Roles.Reception, unit), id, "acceptance"));
        return id;
    }

    /// <summary>Many accepted dossiers at once: copies of one, a millisecond apart, in random order of their ids.</summary>
    public async Task BulkAsync(Guid like, int count) => await InDbAsync(async db =>
    {
        // All columns but those that the database derives.
        var columns = await db.Database.SqlQuery<string>(
            $"""SELECT string_agg(quote_ident(column_name), ', ') AS "Value" FROM information_schema.columns WHERE table_name = 'dossier' AND is_generated = 'NEVER'""").SingleAsync(Ct);
        await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create($$"""
            INSERT INTO dossier ({{columns}}) SELECT {{columns}} FROM (SELECT (jsonb_populate_record(d, jsonb_build_object(
                'id', gen_random_uuid(), 'code', 'BULK-' || {0} || '-' || lpad(i::text, 6, '0'), 'accepted_at', d.accepted_at + i * interval '1 millisecond'))).*
            FROM dossier d, generate_series(1, {1}) i WHERE d.id = {0}) copies
            """, like, count), Ct);
        return await db.Database.ExecuteSqlAsync($"""
            INSERT INTO register_arrival (dossier_id, unit_code, accepted_at)
            SELECT id, coalesce(receiving_unit_code, unit_code), accepted_at FROM dossier WHERE code LIKE 'BULK-' || {like} || '-%'
            """, Ct);
    });

    public Task<int> EnterAsync() => service.Services.GetRequiredService<RegisterKeeper>().RunAsync(Ct);

    public Task<List<RegisterEntry>> EntriesAsync(string unit) =>
        InDbAsync(db => db.RegisterEntries.AsNoTracking().Where(e => e.UnitCode == unit).OrderBy(e => e.Year).ThenBy(e => e.Number).ToListAsync(Ct));

    public Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work) => service.InScopeAsync(work);

    public static Task<HttpResponseMessage> CloseAsync(HttpClient client, int year, object? body = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/{year}/closure") { Content = System.Net.Http.Json.JsonContent.Create(body ?? new { }) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    public static Task<JsonElement> SealedAsync(HttpClient client, int year, int number) =>
        Eventually.ValueAsync(() => GetAsync(client, $"{Path}/{year}/books/{number}"), b => b.GetProperty("state").GetString() == "CLOSED", "the book is sealed");
}
