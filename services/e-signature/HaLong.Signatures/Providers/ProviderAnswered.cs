using MassTransit;

namespace HaLong.Signatures.Providers;

/// <summary>The service's note to itself: an order that was waited for has its end; <see cref="ISigningProvider.AskAsync"/> tells which.</summary>
/// <param name="OrderId">The order (<see cref="HashOrder.Id"/>).</param>
/// <param name="Provider">Word of the provider (<see cref="ISigningProvider.Name"/>).</param>
[EntityName("halong.signature-provider-answered.v1")]
[MessageUrn("halong.signature-provider-answered.v1")]
internal sealed record ProviderAnswered(Guid OrderId, string Provider);
