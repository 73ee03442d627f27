using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Keys;

public sealed class PasswordChangeTests(TestSupport.Servers servers) : IAsyncLifetime
{
    private const string NewPassword = "another-long-password";

    private readonly IdentitySite _site = new(servers);

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task After_a_change_of_password_the_old_one_is_needed_no_more_and_nothing_is_lost()
    {
        // A cookie key exists as soon as somebody has signed in.
        await _site.NewBrowser().TokensAsync("citizen");
        var settings = IdentityProgram.Settings(_site.Connection);
        settings["Keys:Password"] = NewPassword;
        settings["Keys:PreviousPasswords:0"] = IdentityProgram.KeyPassword;
        var hash = HashIn(_site.Service);

        // Also before migrate has run, both passwords together open everything.
        await ReadsAsync(await StartAsync(IdentityProgram.KeyPassword));
        Assert.Equal(0, await IdentityProgram.RunAsync("migrate", settings));
        var changed = await StartAsync(null);
        await ReadsAsync(changed);
        // Recovery codes on paper outlive the password.
        Assert.Equal(hash, HashIn(changed));
        // A server of before goes on with what it has in memory.
        await ReadsAsync(_site.Service);

        Assert.Contains("Keys:Password", (await Assert.ThrowsAnyAsync<Exception>(
            () => _site.StartReplicaAsync())).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        Assert.Equal(0, await _site.InScopeAsync<PasswordChange, int>(c => c.RunAsync(default)));
        Assert.Equal(0, await _site.InScopeAsync<PasswordChange, int>(c => c.RunAsync(default)));
    }

    private static byte[] HashIn(TestSupport.ServiceFactory<Program> replica) => replica.Services.GetRequiredService<FieldVault>().Index("codes", "ABCD-1234"u8);

    private Task<TestSupport.ServiceFactory<Program>> StartAsync(string? previous) => _site.StartReplicaAsync(f =>
    {
        f.WithSetting("Keys:Password", NewPassword);
        if (previous is not null)
            f.WithSetting("Keys:PreviousPasswords:0", previous);
    });

    private static async Task ReadsAsync(TestSupport.ServiceFactory<Program> replica)
    {
        var numbers = replica.Services.GetRequiredService<PersonalNumbers>();
        var accounts = await replica.InScopeAsync<Identity.Persistence.IdentityDbContext, List<Account>>(db => db.Accounts.AsNoTracking().ToListAsync());
        Assert.All(accounts, a => Assert.NotNull(numbers.Of(a)));
        Assert.Contains(accounts, a => a.PersonalNumberIndex.AsSpan().SequenceEqual(numbers.IndexOf(PersonalNumber.TryParse("022185000123")!)));
        // Signing in needs the signing keys and the cookie keys.
        await new Browser(replica.Client()).TokensAsync("citizen");
    }
}
