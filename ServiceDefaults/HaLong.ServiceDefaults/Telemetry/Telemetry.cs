using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HaLong.ServiceDefaults;

/// <summary>OpenTelemetry logs, metrics and traces; exported by OTLP when an endpoint is configured.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        var export = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(o => o.FormatterName = MaskingConsoleFormatter.FormatterName)
            .AddConsoleFormatter<MaskingConsoleFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            // These exceptions reach whoever called the database, and are answered or logged there.
            .AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.Critical)
            .AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical)
            // Asked every second or so; who asks sees the answer.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddFilter("MassTransit", LogLevel.Warning)
            .AddFilter("Polly", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.ServiceDiscovery", LogLevel.Warning)
            .AddFilter("OpenIddict", LogLevel.Warning);
        if (export)
        {
            builder.Logging.AddOpenTelemetry(o =>
            {
                o.IncludeFormattedMessage = true;
                o.AddProcessor(new MaskingLogProcessor());
            });
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(service, serviceNamespace: "halong"))
            .WithMetrics(m => m
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter("HaLong.*", "Npgsql", "MassTransit"))
            .WithTracing(t => t
                .AddSource("HaLong.*", "MassTransit")
                .AddAspNetCoreInstrumentation(o => o.Filter = c => c.Request.Path != "/alive" && c.Request.Path != "/health")
                .AddHttpClientInstrumentation()
                .AddGrpcClientInstrumentation(o => o.SuppressDownstreamInstrumentation = true)
                .AddNpgsql());
        if (export)
        {
            telemetry.UseOtlpExporter();
        }
    }

    /// <summary>Masks what leaves by OTLP as the console formatter masks what is printed.</summary>
    private sealed class MaskingLogProcessor : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (data.FormattedMessage is { } message)
            {
                data.FormattedMessage = PersonalData.Mask(message);
            }

            var attributes = (data.Attributes ?? []).Select(a => new KeyValuePair<string, object?>(a.Key, MaskValue(a.Value))).ToList();
            if (data.Exception is { } exception)
            {
                // The exporter would write these itself, unmasked.
                attributes.Add(new("exception.type", exception.GetType().FullName));
                attributes.Add(new("exception.message", PersonalData.Mask(exception.Message)));
                attributes.Add(new("exception.stacktrace", PersonalData.Mask(exception.ToString())));
                data.Exception = null;
            }

            data.Attributes = attributes;
        }

        private static object? MaskValue(object? value) => value switch
        {
            null or bool or int or double or Guid or DateTimeOffset or TimeSpan => value,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && PersonalData.Mask(text) is var masked && masked != text ? masked : value,
        };
    }
}
