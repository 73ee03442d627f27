using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.Federation;

/// <summary>The providers that people may sign in through, and their buttons.</summary>
internal sealed class Providers(IReadOnlyList<Provider> all)
{
    public Provider? Find(string name) => all.SingleOrDefault(p => p.Name == name);

    /// <summary>Name to show; the plain one when the provider is no longer configured.</summary>
    public string NameOf(string name) => Find(name)?.DisplayName ?? name;

    public Html Buttons(HttpContext http, IAntiforgery antiforgery, string returnUrl)
    {
        var buttons = Html.Empty;
        foreach (var provider in all)
        {
            buttons = Html.Of($"""
                {buttons}{Forms.Button(http, antiforgery, FederationEndpoints.StartPath(provider), $"{Text.Bilingual("Đăng nhập bằng", "Sign in with")} {provider.DisplayName}", "", ("returnUrl", returnUrl))}
                """);
        }

        return buttons;
    }

    /// <summary>Buttons for the providers that an account is not linked to yet.</summary>
    public Html LinkButtons(HttpContext http, IAntiforgery antiforgery, IReadOnlyList<ExternalLogin> linked)
    {
        var buttons = Html.Empty;
        foreach (var provider in all.Where(p => linked.All(l => l.Provider != p.Name)))
        {
            buttons = Html.Of($"""
                {buttons}{Forms.Button(http, antiforgery, FederationEndpoints.LinkPath(provider), $"{Text.Bilingual("Liên kết", "Link")} {provider.DisplayName}")}
                """);
        }

        return buttons;
    }
}
