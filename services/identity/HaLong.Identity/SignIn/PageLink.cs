namespace HaLong.Identity.SignIn;

/// <summary>Links between the service's own pages: the language chosen by link and the way back must survive them.</summary>
internal static class PageLink
{
    public static string To(HttpContext http, string path, string? returnUrl = null)
    {
        var query = QueryString.Empty;
        if (returnUrl is not null)
            query = query.Add("returnUrl", returnUrl);
        if (http.Request.Query["culture"].ToString() is "vi" or "en")
            query = query.Add("culture", Page.Language);
        // A path may name what it is about already.
        return path.Contains('?', StringComparison.Ordinal) && query.HasValue ? string.Concat(path, "&", query.Value.AsSpan(1)) : path + query;
    }

    /// <summary>This very page, to come back to.</summary>
    public static string Here(HttpContext http) => http.Request.Path + http.Request.QueryString;

    /// <summary>The way back that a page was given; null when there is none or it leads elsewhere.</summary>
    public static string? ReturnUrl(HttpContext http, IFormCollection? form = null)
    {
        var given = form?["returnUrl"].ToString() is { Length: > 0 } inForm ? inForm : http.Request.Query["returnUrl"].ToString();
        return given.Length > 0 && LocalUrl.IsLocal(given) ? given : null;
    }
}
