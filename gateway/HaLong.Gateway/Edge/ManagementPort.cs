using System.Globalization;

namespace HaLong.Gateway.Edge;

/// <summary>
/// A second port for probes, where MANAGEMENT_PORT says: then /health and /alive answer only there. Without it they answer on the public
/// port, with one word.
/// </summary>
internal static class ManagementPort
{
    private const string Setting = "MANAGEMENT_PORT";

    public static void AddManagementPort(this WebApplicationBuilder builder)
    {
        if (Of(builder.Configuration) is not { } port)
        {
            return;
        }

        var urls = builder.Configuration["URLS"] ?? "http://+:" + (builder.Configuration["HTTP_PORTS"] ?? "8080");
        var host = BindingAddress.Parse(urls.Split(';')[0]).Host;
        builder.WebHost.UseUrls($"{urls};http://{host}:{port.ToString(CultureInfo.InvariantCulture)}");
    }

    public static int? Of(IConfiguration configuration) => configuration.GetValue<int?>(Setting);
}
