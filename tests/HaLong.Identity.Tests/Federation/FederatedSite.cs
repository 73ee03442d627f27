using System.Net;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Tests.Factors;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Federation;

/// <summary>Identity with the simulated national provider, and a second one that has other names for the same claims.</summary>
public sealed class FederatedSite(Servers servers) : IAsyncLifetime
{
    internal IdentitySite Site { get; } = new(servers);

    internal VneidServer Vneid { get; private set; } = null!;

    internal ServiceFactory<Program> Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        Vneid = await VneidServer.StartAsync();
        Service = await StartReplicaAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Vneid.DisposeAsync();
    }

    internal Task<ServiceFactory<Program>> StartReplicaAsync(Action<ServiceFactory<Program>>? configure = null) => Site.StartReplicaAsync(f =>
    {
        // All live as long as the site and share its outbox: whichever of them dispatches a fact, it must be told where the test listens.
        f.WithBroker(Site.Service.Broker);
        foreach (var provider in new[] { "vneid", "city" })
        {
            f.WithSetting($"Federation:Providers:{provider}:Authority", Vneid.Authority)
                .WithSetting($"Federation:Providers:{provider}:ClientId", "halong")
                .WithSetting($"Federation:Providers:{provider}:ClientSecret", "halong-at-vneid")
                .WithSetting($"Federation:Providers:{provider}:DisplayNameVi", provider == "vneid" ? "VNeID" : "Cổng thành phố")
                .WithSetting($"Federation:Providers:{provider}:DisplayNameEn", provider == "vneid" ? "VNeID" : "City portal");
        }

        f.WithSetting("Federation:Providers:city:ClaimMap:PersonalNumber", "pid").WithSetting("Federation:Providers:city:ClaimMap:Name", "fullName")
            .WithSetting("Federation:Providers:city:ClaimMap:BirthDate", "born").WithSetting("Federation:Providers:city:VerifiedValues", "high 2");
        configure?.Invoke(f);
    });

    internal Browser NewBrowser() => new(Service.Client());

    internal Task<T> DatabaseAsync<T>(Func<IdentityDbContext, Task<T>> work) => Site.DatabaseAsync(work);

    /// <summary>From the button on a page to the provider.</summary>
    internal static async Task<string> LeaveAsync(Browser browser, string page = "/account/sign-in", string provider = "vneid") =>
        await browser.FollowAsync(PageForm.Of(await browser.PageAsync(page), "/account/external/" + provider));

    /// <summary>To the provider, there picks a person, and back; the answer to the way back.</summary>
    internal async Task<string> GoAsync(Browser browser, string subject, string page = "/account/sign-in", string provider = "vneid") =>
        await BackAsync(browser, await Vneid.PickAsync(await LeaveAsync(browser, page, provider), subject));

    internal static async Task<string> BackAsync(Browser browser, string callback)
    {
        using var back = await browser.OpenAsync(callback);
        Assert.True(back.StatusCode == HttpStatusCode.Redirect, $"{(int)back.StatusCode} {await back.Content.ReadAsStringAsync()}");
        return back.Headers.Location!.OriginalString;
    }

    /// <summary>Goes the way of linking, from the security page.</summary>
    internal async Task<string> LinkAsync(Browser browser, string subject, string provider = "vneid")
    {
        var form = PageForm.Of(await browser.PageAsync("/account/security"), $"/account/external/{provider}/link");
        return await BackAsync(browser, await Vneid.PickAsync(await browser.FollowAsync(form), subject));
    }

    internal Task<Account?> AccountOfNumberAsync(string number)
    {
        var index = Service.Services.GetRequiredService<PersonalNumbers>().IndexOf(PersonalNumber.TryParse(number)!);
        return DatabaseAsync(db => db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PersonalNumberIndex == index));
    }

    /// <summary>An account that somebody opened on their own, with the demonstration password.</summary>
    internal async Task<Guid> RegisterAsync(string userName, string number, int level = 1)
    {
        var id = Guid.CreateVersion7();
        var numbers = Service.Services.GetRequiredService<PersonalNumbers>();
        await DatabaseAsync(async db =>
        {
            var model = await db.Accounts.AsNoTracking().FirstAsync(a => a.PasswordHash != "");
            var account = Account.Register(id, userName, userName, [AccountKind.Citizen], Site.Clock.GetUtcNow());
            account.SetPasswordHash(model.PasswordHash);
            account.SetContactPoints("stranger@example.vn", "0988000111", "vi");
            account.SetLevel(level);
            numbers.Set(account, PersonalNumber.TryParse(number)!);
            db.Accounts.Add(account);
            return await db.SaveChangesAsync();
        });
        return id;
    }

    internal static void AssertFailed(string code, string location)
    {
        Assert.StartsWith("/account/external/failed?", location, StringComparison.Ordinal);
        Assert.Equal(code, Browser.Query(new Uri("http://localhost" + location))["code"]);
    }
}
