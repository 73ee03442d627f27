using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Factors;

/// <summary>Second factors, passkeys and the pages for them.</summary>
internal static class FactorServices
{
    public static void AddFactors(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Account>().AddUserStore<AccountStore>();
        // What a name may look like is decided when an account is registered, not whenever one of its factors changes.
        services.RemoveAll<IUserValidator<Account>>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<HaLong.Identity.IdentityOptions>>((passkeys, identity) => Configure(passkeys, identity.Value.Issuer()));

        services.AddScoped<AuthenticatorCodes>().AddScoped<SecondFactors>().AddScoped<FactorChanges>().AddScoped<FactorProof>().AddScoped<WaysIn>();
        services.AddScoped<PasskeyCeremony>().AddScoped<SecondStep>().AddScoped<SecondStepCookie>().AddScoped<PageOwners>().AddScoped<AcrDemand>();
        services.AddScoped<SecurityNotices>().AddScoped<SignInLog>().AddScoped<SignInFlow>();
        services.AddScoped<SignInPage>().AddScoped<SecondStepPage>().AddScoped<AuthenticatorPage>().AddScoped<RecoveryCodesPage>().AddScoped<PasskeysPage>().AddScoped<SecurityPage>();

        services.AddAuthentication().AddCookie(SecondStepCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = "halong.second-step";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = SecondStepCookie.Lifetime;
            cookie.SlidingExpiration = false;
        });
        services.AddOptions<CookieAuthenticationOptions>(SecondStepCookie.Scheme).Configure<TimeProvider>((cookie, time) => cookie.TimeProvider = time);
    }

    private static void Configure(IdentityPasskeyOptions passkeys, Uri site)
    {
        var origin = site.GetLeftPart(UriPartial.Authority);
        passkeys.ServerDomain = site.Host;
        passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == origin);
        // Finger, face or PIN each time: only so is a passkey two factors by itself.
        passkeys.UserVerificationRequirement = "required";
        // Kept on the device under its owner's name, so that it can be used without typing a user name.
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.AuthenticatorTimeout = PasskeyCeremony.Lifetime;
    }
}
