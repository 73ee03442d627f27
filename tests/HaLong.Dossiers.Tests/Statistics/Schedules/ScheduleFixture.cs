using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Schedules;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Schedules;

/// <summary>The service in a time of its own, with some facts; reports are made when a test says so.</summary>
public sealed class ScheduleFixture(Servers servers) : IAsyncLifetime
{
    public const string Address = "/api/v1/statistics/schedules";
    public const string Tuesday = "2026-03-10T06:00";

    public DossierFixture Dossiers { get; } = new(servers);

    internal ShiftedTime Clock { get; } = new(ClockSamples.At(Tuesday));

    internal ServiceFactory<Program> City { get; private set; } = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        await Dossiers.InitializeAsync();
        City = await Dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(Clock)).StartAsync();
        await SampleFacts.AddAsync(City.Services, SampleFacts.Many(200, 3, Unit, OtherUnit));
        await City.InScopeAsync<DossierDbContext, int>(db =>
        {
            db.AddRange(new[] { (Province, "", "province"), (Unit, Province, "commune"), (OtherUnit, Province, "commune") }.Select(u =>
                new HaLong.Dossiers.Statistics.Units.StatisticsUnit
                {
                    Id = u.Item1 + "@2025-07-01",
                    Code = u.Item1,
                    NameVi = "Đơn vị " + u.Item1,
                    NameEn = "Unit " + u.Item1,
                    Level = u.Item3,
                    ParentCode = u.Item2,
                }));
            return db.SaveChangesAsync(Ct);
        });
    }

    /// <summary>A second process of the same service: the same database, broker and files.</summary>
    internal Task<ServiceFactory<Program>> ReplicaAsync()
    {
        var replica = new ServiceFactory<Program>(servers, Dossiers.Identity).WithBroker(City.Broker).WithServices(s => s.AddSingleton<TimeProvider>(Clock))
            .WithSetting("ConnectionStrings:dossier-db", City.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:dossier-db"])
            .WithSetting("Files:Path", Dossiers.Folder)
            .WithSetting("services:identity:grpc:0", Dossiers.Neighbours.Url)
            .WithSetting("services:e-signature:grpc:0", Dossiers.Neighbours.Url);
        foreach (var (key, value) in Dossiers.Settings)
            replica.WithSetting(key, value);
        return replica.StartAsync();
    }

    /// <summary>A new official whom identity knows too.</summary>
    internal (HttpClient Client, Guid Id) Official(string role = Roles.Leader, string unit = Unit)
    {
        var id = Guid.CreateVersion7();
        Dossiers.Neighbours.Officials[id.ToString()] = (unit, [role]);
        return (City.Client(Dossiers.Identity.Token(id, [role], unit)), id);
    }

    internal static async Task<JsonElement> CreateAsync(HttpClient client, object body) =>
        await BodyAsync(await client.PostAsJsonAsync(Address, body, Ct), System.Net.HttpStatusCode.Created);

    internal static object Daily(int hour = 7, params string[] formats) => new { report = "intake", rhythm = "daily", hour, formats = formats.Length > 0 ? formats : ["csv"] };

    /// <summary>A round at a local time.</summary>
    internal async Task<int> RoundAsync(string at, ServiceFactory<Program>? service = null)
    {
        Clock.Set(ClockSamples.At(at));
        return await (service ?? City).Services.GetRequiredService<ScheduleRounds>().RunAsync(Ct);
    }

    internal Task<List<ReportFileEntry>> FilesAsync(Guid account) =>
        City.InScopeAsync<DossierDbContext, List<ReportFileEntry>>(db => db.Set<ReportFileEntry>().AsNoTracking().Where(f => f.AccountId == account).OrderBy(f => f.From).ThenBy(f => f.Format).ToListAsync(Ct));

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        await Dossiers.DisposeAsync();
    }
}
