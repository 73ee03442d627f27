using MassTransit;

namespace HaLong.Identity.Registration;

/// <summary>Somebody wants to register. A message of this service to itself, so that the request itself never looks whether the number is known.</summary>
/// <param name="RegistrationId">Which one.</param>
[EntityName("halong.identity.registration-started.v1")]
[MessageUrn("halong.identity.registration-started.v1")]
public sealed record RegistrationStarted(Guid RegistrationId);
