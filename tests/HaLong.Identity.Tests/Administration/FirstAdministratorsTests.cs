using HaLong.Identity.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

public sealed class FirstAdministratorsTests(Servers servers) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string _empty = "";

    public async ValueTask InitializeAsync() => _empty = await servers.CreateDatabaseAsync<FirstAdministratorsTests>(_ => Task.CompletedTask);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_new_platform_gets_the_administrators_it_was_told_once_and_without_passwords()
    {
        var settings = Settings(("Quan.Tri.1", "Nguyễn Thị Một"), ("Quan.Tri.2", "Nguyễn Thị Hai"));
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));

        await using var db = Open();
        var accounts = await db.Accounts.OrderBy(a => a.UserName).ToListAsync(Ct);
        Assert.Equal(["Quan.Tri.1", "Quan.Tri.2"], accounts.Select(a => a.UserName));
        Assert.All(accounts, a => Assert.Equal(("", "0912345678", 2), (a.PasswordHash, a.Phone, a.Level)));
        Assert.All(await db.Assignments.ToListAsync(Ct), a => Assert.Equal(("22@1963-10-30", "administrator"), (a.UnitId, a.Roles.Single())));
        Assert.Equal(4, await db.AuditEntries.CountAsync(e => e.ActorId == null, Ct));
    }

    [Fact]
    public async Task When_one_is_gone_the_next_migration_adds_whom_the_configuration_names_then()
    {
        await IdentityProgram.RunAsync("migrate", Settings(("first", "Một"), ("second", "Hai")));
        await using (var db = Open())
        {
            (await db.Accounts.SingleAsync(a => a.UserName == "first", Ct)).Close();
            await db.SaveChangesAsync(Ct);
        }

        await IdentityProgram.RunAsync("migrate", Settings(("first", "Một"), ("third", "Ba")));
        await using var later = Open();
        Assert.Equal(["first", "second", "third"], await later.Accounts.Select(a => a.UserName).OrderBy(n => n).ToListAsync(Ct));
    }

    [Fact]
    public async Task Somebody_who_could_never_set_a_password_is_not_made()
    {
        var settings = Settings(("mute", "Không Liên Lạc"));
        settings.Remove("FirstAdministrators:0:Phone");
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => IdentityProgram.RunAsync("migrate", settings));

        Assert.Contains("FirstAdministrators", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_are_two_already_nobody_is_added()
    {
        var settings = Settings(("not.needed", "Thừa"));
        settings["environment"] = "Development";
        await IdentityProgram.RunAsync("migrate", settings);

        await using var db = Open();
        Assert.False(await db.Accounts.AnyAsync(a => a.UserName == "not.needed", Ct));
    }

    private Dictionary<string, string?> Settings(params (string UserName, string DisplayName)[] people)
    {
        var settings = IdentityProgram.Settings(_empty);
        settings["environment"] = "Production";
        for (var n = 0; n < people.Length; n++)
        {
            settings[$"FirstAdministrators:{n}:UserName"] = people[n].UserName;
            settings[$"FirstAdministrators:{n}:DisplayName"] = people[n].DisplayName;
            settings[$"FirstAdministrators:{n}:Phone"] = "0912345678";
        }

        return settings;
    }

    private IdentityDbContext Open() => new(new DbContextOptionsBuilder<IdentityDbContext>().UseNpgsql(_empty).UseSnakeCaseNamingConvention().Options);
}
