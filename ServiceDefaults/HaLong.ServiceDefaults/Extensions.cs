using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HaLong.ServiceDefaults;

/// <summary>What every service has in common.</summary>
public static class Extensions
{
    /// <summary>Adds telemetry, health, discovery, tokens, problems, languages, caching, OpenAPI and gRPC.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddBasicDefaults(service);
        builder.AddTokenValidation();
        builder.AddCaching();
        builder.Services.AddServiceOpenApi(service);
        builder.Services.AddGrpc(o =>
        {
            o.Interceptors.Add<ServerErrorInterceptor>();
            // Else a catch-all for unknown gRPC methods takes the place of "unsupported media type" on paths of two parts.
            o.IgnoreUnknownServices = true;
            o.MaxReceiveMessageSize = GrpcClients.MaxMessageBytes;
            o.MaxSendMessageSize = GrpcClients.MaxMessageBytes;
        });
        builder.Services.AddTransient<TokenHandler>();
        builder.Services.AddSingleton<ClientErrorInterceptor>();
        builder.Services.ConfigureHttpJsonOptions(o => ConfigureJson(o.SerializerOptions));
        return builder;
    }

    /// <summary>The part that a process without an API of its own needs too: telemetry, health, discovery, problems, languages.</summary>
    public static WebApplicationBuilder AddBasicDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.ConfigurePorts();
        builder.AddTelemetry(service);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddServiceDiscovery();
        builder.Services.AddProblems();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture("vi").AddSupportedCultures("vi", "en").AddSupportedUICultures("vi", "en");
            o.ApplyCurrentCultureToResponseHeaders = true;
            o.RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        return builder;
    }

    /// <summary>Options bound to a section and checked when the process starts, not when first used; what is wrong is named by its key.</summary>
    public static OptionsBuilder<TOptions> AddOptions<TOptions>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new KeyedValidation<TOptions>(section));
        return builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>Adds the common middleware and <c>/alive</c>, <c>/health</c>, <c>/openapi/v1.json</c>.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseBasicDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>Languages and problems for every answer.</summary>
    public static WebApplication UseBasicDefaults(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseExceptionHandler();
        app.UseStatusCodePages(async context =>
        {
            // A refusal inside gRPC speaks in trailers, not in bodies.
            if (context.HttpContext.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            {
                await Problems.WriteAsync(context.HttpContext, ErrorTable.ForHttpStatus(context.HttpContext.Response.StatusCode));
            }
        });
        return app;
    }

    /// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can work.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health").AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = c => c.Tags.Contains("live") }).AllowAnonymous();
        return app;
    }

    /// <summary>camelCase, enumerations as camelCase words, nothing escaped that need not be.</summary>
    public static void ConfigureJson(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        if (!options.Converters.OfType<JsonStringEnumConverter>().Any())
        {
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        }
    }
}
