using System.Text.Json;
using HaLong.Identity.Persistence;
using HaLong.Identity.Seeding;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Tests.Seeding;

public sealed class MigrateTests(Servers servers) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string _empty = "";

    /// <summary>Only an empty database is needed; the type keeps its template apart from the migrated ones.</summary>
    public async ValueTask InitializeAsync() => _empty = await servers.CreateDatabaseAsync<MigrateTests>(_ => Task.CompletedTask);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_empty_database_becomes_a_complete_one_and_a_second_run_changes_nothing()
    {
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty)));
        var first = await CountsAsync();
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty)));

        Assert.Equal((93, 51, 9, 2, 51), first);
        Assert.Equal(first, await CountsAsync());
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_is_made()
    {
        var missing = new Npgsql.NpgsqlConnectionStringBuilder(_empty);
        missing.Database += "_new";
        _empty = missing.ConnectionString;

        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty)));

        Assert.Equal((93, 51, 9, 2, 51), await CountsAsync());
    }

    [Fact]
    public async Task Runs_at_the_same_time_take_turns()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty))));

        Assert.All(codes, c => Assert.Equal(0, c));
        Assert.Equal((93, 51, 9, 2, 51), await CountsAsync());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Outside_Development_there_are_no_demonstration_accounts_and_no_loopback_addresses(string environment)
    {
        var settings = IdentityProgram.Settings(_empty);
        settings["environment"] = environment;
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));

        Assert.Equal((93, 0, 9, 2, 0), await CountsAsync());
        await using var db = Open();
        Assert.All(await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().Select(a => a.RedirectUris).ToListAsync(Ct),
            uris => Assert.DoesNotContain("127.0.0.1", uris ?? "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Demo:Password")]
    [InlineData("Clients:dossier:Secret")]
    [InlineData("Clients:e-signature:Secret")]
    [InlineData("Keys:Password")]
    [InlineData("PublicUrl")]
    [InlineData("ConnectionStrings:identity-db")]
    public async Task A_missing_setting_is_named_and_nothing_is_left_half_done(string key)
    {
        var settings = IdentityProgram.Settings(_empty);
        settings.Remove(key);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => IdentityProgram.RunAsync("migrate", settings));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        if (await ExistsAsync("unit"))
            Assert.Equal((0, 0, 0, 0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Without_a_partner_secret_there_is_no_partner()
    {
        var settings = IdentityProgram.Settings(_empty);
        settings.Remove("Clients:partner:Secret");
        await IdentityProgram.RunAsync("migrate", settings);

        await using var db = Open();
        Assert.DoesNotContain("partner", await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().Select(a => a.ClientId).ToListAsync(Ct));
    }

    [Fact]
    public async Task Accounts_lie_in_the_database_without_password_or_personal_number()
    {
        await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty));
        await using var db = Open();
        var accounts = await db.Accounts.AsNoTracking().ToListAsync(Ct);

        Assert.All(accounts, a => Assert.Equal(-1, a.SealedPersonalNumber.AsSpan().IndexOf("022"u8)));
        Assert.All(accounts, a => Assert.DoesNotContain(IdentityProgram.DemoPassword, a.PasswordHash, StringComparison.Ordinal));
        // Residents cannot sign in: they have none.
        Assert.Equal(11, accounts.Where(a => a.PasswordHash.Length > 0).Select(a => a.PasswordHash).Distinct().Count());
        Assert.Equal(40, accounts.Count(a => a.PasswordHash.Length == 0 && a.NormalizedUserName.StartsWith("RESIDENT-", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_demonstration_file_says_what_was_registered()
    {
        await IdentityProgram.RunAsync("migrate", IdentityProgram.Settings(_empty));
        await using var db = Open();
        var registered = await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToDictionaryAsync(a => a.ClientId!, Ct);

        foreach (var client in ReferenceData.Read<JsonElement>("demo-accounts.json").GetProperty("clients").EnumerateArray())
        {
            var known = registered[client.GetProperty("clientId").GetString()!];
            var uris = client.GetProperty("redirectUris").EnumerateArray().Select(u => u.GetString()!
                .Replace("{PublicUrl}", IdentitySite.PublicUrl, StringComparison.Ordinal).Replace("{Portal}", "http://portal.test", StringComparison.Ordinal));
            Assert.Equal(uris.Order(), JsonSerializer.Deserialize<List<string>>(known.RedirectUris ?? "[]")!.Order());
            Assert.All(client.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()!).Where(s => s.StartsWith("halong.", StringComparison.Ordinal)),
                s => Assert.Contains("scp:" + s, known.Permissions!, StringComparison.Ordinal));
        }

        var units = await db.Units.Where(u => u.ValidTo == null && u.Level == "commune").Select(u => u.Code).ToListAsync(Ct);
        Assert.All(await db.Assignments.Where(a => a.UnitCode != "22").Select(a => a.UnitCode).ToListAsync(Ct), u => Assert.Contains(u, units));
        Assert.Equal(10, await db.Assignments.CountAsync(Ct));
    }

    private async Task<(int Units, int Accounts, int Clients, int Keys, int Events)> CountsAsync()
    {
        await using var db = Open();
        return (await db.Units.CountAsync(Ct), await db.Accounts.CountAsync(Ct), await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().CountAsync(Ct),
            await db.ServerKeys.CountAsync(Ct),
            (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE type = 'halong.account-registered.v1'").ToListAsync(Ct)).Single());
    }

    private async Task<bool> ExistsAsync(string table)
    {
        await using var db = Open();
        return await db.Database.SqlQuery<bool>($"SELECT to_regclass({table}) IS NOT NULL AS \"Value\"").SingleAsync(Ct);
    }

    private IdentityDbContext Open() =>
        new(new DbContextOptionsBuilder<IdentityDbContext>().UseNpgsql(_empty).UseSnakeCaseNamingConvention().Options);
}
